def log = new File(basedir, 'build.log').text
assert log.contains('Skipped: a module of packaging "pom", and it has no Dockerfile.')
assert !new File(basedir, 'target').exists()
