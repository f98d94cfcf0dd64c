def log = new File(basedir, 'build.log').text
assert log.contains('| seen')
assert new File(basedir, 'target/run-on-scratch-oci/index.json').isFile()
