// bound to validate without a phase of its own; told, reported, and no failure; nothing is built
def log = new File(basedir, 'build.log').text
def dockerfile = new File(basedir, 'Dockerfile').path
assert log.contains("[WARNING] ${dockerfile}:1: ")
assert log.contains('[FromAsCasing]')
assert !log.contains('SecretsUsedInArgOrEnv')
def sarif = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/buildah-check.sarif'))
def result = sarif.runs[0].results[0]
assert sarif.version == '2.1.0'
assert sarif.runs[0].results.size() == 1
assert result.ruleId == 'FromAsCasing'
assert sarif.runs[0].tool.driver.rules[result.ruleIndex].id == result.ruleId
assert result.locations[0].physicalLocation.artifactLocation.uri == 'Dockerfile'
assert result.locations[0].physicalLocation.region.startLine == 1
assert !new File(basedir, 'target/check-tells-warnings-oci').exists()
