"""A Docker daemon of our own for a check, without a bridge and without a firewall, and an image of Debian with a Java runtime for it."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time

import debian
from ground import Skipped, tool

IMAGE = "jbuildah-it/debian-java:1"
PATH = "/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# what the engine needs of a JDK, and jdeps can tell
MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.xml,jdk.crypto.ec,jdk.unsupported,jdk.zipfs"


class Daemon:
    """Ends with close(), and with it all its containers. Everything it keeps is in one folder."""

    def __init__(self):
        if os.getuid() != 0:
            raise Skipped("a Docker daemon of its own needs root")
        self.docker, dockerd = tool("docker"), tool("dockerd")
        self.folder = tempfile.mkdtemp(prefix="jbuildah-dockerd.", dir="/var/tmp")
        self.host = "unix://" + self.path("docker.sock")
        self.log = open(self.path("log"), "wb")
        words = ["--data-root", self.path("data"), "--exec-root", self.path("exec"), "--pidfile", self.path("pid"),
                 "--iptables=false", "--ip6tables=false", "--bridge=none", "-H", self.host]
        self.process = subprocess.Popen([dockerd, *words], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        deadline = time.time() + 60
        while self.call("info", check=False).returncode != 0:
            if self.process.poll() is not None or time.time() > deadline:
                said = open(self.log.name, errors="replace").read().strip().splitlines()[-1:]
                self.close()
                raise Skipped("dockerd does not start here: " + "".join(said))
            time.sleep(0.2)

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, *words, check=True, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        done = subprocess.run([self.docker, "-H", self.host, *words], **options)
        if check and done.returncode != 0:
            raise AssertionError("docker %s failed with %d:\n%s" % (" ".join(words), done.returncode, done.stderr.decode(errors="replace")))
        return done

    def containers(self):
        """The names of all, whatever their state."""
        return self.call("ps", "--all", "--format", "{{.Names}}").stdout.decode().split()

    def import_root(self, root, image):
        """Makes an image of a directory."""
        tar = subprocess.Popen([tool("tar"), "--numeric-owner", "--xattrs", "--xattrs-include=security.capability", "-C", root, "-cf", "-", "."], stdout=subprocess.PIPE)
        self.call("import", "--change", "ENV PATH=" + PATH, "-", image, stdin=tar.stdout)
        tar.stdout.close()
        assert tar.wait() == 0, "tar could not read %s" % root

    def close(self):
        with contextlib.suppress(Exception):
            for name in self.containers():
                self.call("rm", "--force", name, check=False)
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        # a network namespace that the daemon has bound under its folder would keep that
        for mount in reversed([line.split()[4] for line in open("/proc/self/mountinfo")]):
            if mount.startswith(self.folder + "/"):
                subprocess.run(["umount", "--lazy", mount], stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def java_root(java_home):
    """A directory with the files of a Debian and a Java runtime in /opt/java. A check may add to it."""
    jlink = os.path.join(java_home, "bin/jlink") if java_home else tool("jlink")
    debian.root_tar()
    root = tempfile.mkdtemp(prefix="jbuildah-root.", dir="/var/tmp")
    try:
        debian.run(tool("tar"), "--numeric-owner", "-C", root, "-xf", debian.TAR)
        os.chmod(root, 0o755)
        debian.run(os.path.realpath(jlink), "--add-modules", MODULES, "--strip-debug", "--no-header-files", "--no-man-pages", "--output", os.path.join(root, "opt/java"))
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)
