// the letter names the line, and nothing but the letter is shown
def log = new File(basedir, 'build.log').text
assert log.contains('Dockerfile:2')
assert log.contains('> 2 | COPY --chwon=1:1 hello.txt /')
assert !log.contains('\tat org.jbuildah')
assert !new File(basedir, 'target/wrong-flag-oci/index.json').exists()
