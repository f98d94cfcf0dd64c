"""The files of a small Debian: made by debootstrap (variant minbase, of the release that this machine runs), once a machine and by root, and kept as
debian.tar in $JBUILDAH_DEBIAN (default /var/cache/jbuildah-debian), which everybody may read."""

import fcntl
import os
import re
import subprocess
import tempfile

from ground import Skipped, tool

CACHE = os.environ.get("JBUILDAH_DEBIAN", "/var/cache/jbuildah-debian")
TAR = os.path.join(CACHE, "debian.tar")


def run(*words, **options):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    assert done.returncode == 0, "%s failed with %d:\n%s%s" % (" ".join(words), done.returncode, out, err)
    return out


def release():
    """Mirror and code name that apt-get uses for the release of this machine."""
    fields = dict(re.findall(r'^(\w+)="?([^"\n]*)', open("/etc/os-release").read(), re.M))
    wanted = fields.get("VERSION_CODENAME", "")
    lines = run(tool("apt-get"), "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages")
    for mirror, codename, component in (line.split() for line in lines.splitlines()):
        if codename == wanted and component == "main":
            return codename, mirror
    raise Skipped("apt-get knows no mirror of the release \"%s\"" % wanted)


def make_tar():
    codename, mirror = release()
    debootstrap = tool("debootstrap")
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        root, tar = os.path.join(folder, "root"), os.path.join(folder, "tar")
        print("making a Debian root of %s, once on this machine" % codename, flush=True)
        done = subprocess.run([debootstrap, "--variant=minbase", codename, root, mirror], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            last = done.stdout.decode(errors="replace").strip().splitlines()[-1:]
            raise Skipped("debootstrap cannot make a root here: " + "".join(last))
        run(tool("tar"), "--numeric-owner", "--one-file-system", "-C", root, "--exclude=./var/cache/apt/archives/*.deb", "-cf", tar, ".")
        os.chmod(tar, 0o644)
        os.rename(tar, TAR)


def root_tar():
    """The folder that holds the tar, as a build context."""
    if not os.path.exists(TAR):
        if os.getuid() != 0:
            raise Skipped("there is no %s: root makes it when this check is run as root" % TAR)
        os.makedirs(CACHE, exist_ok=True)
        os.chmod(CACHE, 0o755)
        with open(os.path.join(CACHE, "lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.exists(TAR):
                make_tar()
    return CACHE
