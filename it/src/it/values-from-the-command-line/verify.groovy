def layout = new File(basedir, 'target/a')
def blob = { digest -> new File(layout, 'blobs/' + digest.replace(':', '/')) }
def json = { file -> new groovy.json.JsonSlurper().parse(file) }

def manifest = json(blob(json(new File(layout, 'index.json')).manifests[0].digest))
def labels = json(blob(manifest.config.digest)).config.Labels
assert labels.greeting == 'from the command line'
assert labels.who == 'me'
assert new File(basedir, 'target/b.tar').length() > 0
assert new File(basedir, 'build.log').text.contains('-Dbuildah.psuh has no effect; did you mean -Dbuildah.push?')
assert new File(basedir, 'build.log').text.contains("<imagee> in the plugin's <configuration> has no effect; did you mean <image>?")
