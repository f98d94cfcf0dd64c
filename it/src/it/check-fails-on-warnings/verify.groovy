def log = new File(basedir, 'build.log').text
assert log.contains('[FromAsCasing]')
assert log.contains('[CHECK_FAILED]')
assert log.contains('Dockerfile:1')
assert new File(basedir, 'target/buildah-check.sarif').exists()
assert !log.contains('\tat org.jbuildah')
