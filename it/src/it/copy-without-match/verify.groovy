def log = new File(basedir, 'build.log').text
assert log.contains('COPY_NO_MATCH')
assert log.contains('.dockerignore line 2 ("data") excludes the only match, data/report.txt')
assert log.contains('Dockerfile:2')
