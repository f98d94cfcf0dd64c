def layout = new File(basedir, 'target/second-oci')
def blob = { digest -> new File(layout, 'blobs/' + digest.replace(':', '/')) }
def json = { file -> new groovy.json.JsonSlurper().parse(file) }

def labels = json(blob(json(blob(json(new File(layout, 'index.json')).manifests[0].digest)).config.digest)).config.Labels
assert labels['first.id'] ==~ /sha256:[0-9a-f]{64}/
assert labels['first.digest'] ==~ /sha256:[0-9a-f]{64}/
assert labels['first.name'].endsWith('properties-for-later-goals:1.0')
