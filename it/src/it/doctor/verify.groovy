// a rehearsal as JSON into a file; then what the files say, as text in the log, about a driver that was asked for
def answer = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/doctor.json'))
def log = new File(basedir, 'build.log').text
assert answer.run == 'works'
assert answer.rehearsal == 'worked'
assert answer.rungs.size() == 7
assert log =~ /\[INFO\] RUN works here\. RUN uses native-chroot with vfs as .*, rung [34] of 7\. Nothing was tried/
