def log = new File(basedir, 'build.log').text
assert log.contains('There is no Dockerfile at')
assert log.contains('[DOCKERFILE_NOT_FOUND]')
assert log.contains('<dockerfile>')
assert !log.contains('\tat org.jbuildah')
