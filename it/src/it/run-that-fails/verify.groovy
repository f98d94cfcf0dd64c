def log = new File(basedir, 'build.log').text
assert log.contains('| last words')
assert log.contains('RUN_EXITED')
assert log.contains('Dockerfile:3')
assert log.contains('7')
assert !log.contains('\tat org.jbuildah')
