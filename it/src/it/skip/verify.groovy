assert new File(basedir, 'build.log').text.contains('Skipped: buildah.skip is set.')
assert !new File(basedir, 'target').exists()
