// with nothing but a Dockerfile beside the pom, a layout lies in target
def layout = new File(basedir, 'target/copy-only-scratch-oci')
assert new File(layout, 'oci-layout').isFile()
def blob = { digest -> new File(layout, 'blobs/' + digest.replace(':', '/')) }
def json = { file -> new groovy.json.JsonSlurper().parse(file) }

def manifest = json(blob(json(new File(layout, 'index.json')).manifests[0].digest))
assert manifest.layers.size() == 1
assert blob(manifest.layers[0].digest).isFile()
assert json(blob(manifest.config.digest)).config.Cmd == ['/greetings/hello.txt']

def log = new File(basedir, 'build.log').text
assert log.contains('COPY hello.txt /greetings/')
assert log.contains('copy-only-scratch:1.0')
