// a RUN needs Linux, and this one a busybox that stands alone: Debian's busybox-static
def found = ['/bin/busybox', '/usr/bin/busybox'].collect { new File(it) }.find { it.isFile() }
return System.getProperty('os.name') == 'Linux' && found != null && !found.text.contains('ld-linux')
