"""The ground that the drills stand on: the command line under test, its users, a registry of their own, and looks at what is left."""

import contextlib
import ctypes
import gzip
import hashlib
import io
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STACK_TRACE = re.compile(r"^\s+at .*\.java:|^\s+at [\w.$/]+\(|Exception in thread|^Caused by: ", re.M)
PATIENCE = 300
# of a registry that asks who is there: user "drill", password "x"
HTPASSWD = "drill:$2b$12$PT2hJuMLLECvXmX5tcxPdujT/yqZNl22BaXJTfLC.fsVq3cE.Wc8W\n"


class Skipped(Exception):
    """The machine cannot do this drill."""


def tool(name):
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin")
    if not found:
        raise Skipped(name + " is not installed")
    return found


def busybox():
    for path in ("/bin/busybox", "/usr/bin/busybox"):
        if os.path.exists(path):
            return path
    raise Skipped("busybox is not installed")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Person:
    """Who runs the command line."""

    def __init__(self, ground, name):
        entry = pwd.getpwnam(name) if name else pwd.getpwuid(os.getuid())
        self.name = entry.pw_name
        self.is_me = entry.pw_uid == os.getuid()
        self.ids = {} if self.is_me else dict(user=entry.pw_uid, group=entry.pw_gid, extra_groups=[])
        self.uid, self.gid = entry.pw_uid, entry.pw_gid
        self.folder = ground.folder("of-" + self.name)
        os.chown(self.folder, self.uid, self.gid)
        self.environment = {
            "HOME": self.folder,
            "USER": self.name,
            "LOGNAME": self.name,
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
            "LC_ALL": "C.UTF-8",
            **({"JAVA_HOME": ground.java_home} if ground.java_home else {}),
        }
        self.ground = ground

    def path(self, name):
        return os.path.join(self.folder, name)

    def words(self, *words):
        return [self.ground.java, "-XX:+UseSerialGC", "-jar", self.ground.jar, *words]

    def start(self, *words, before=(), **more):
        """Starts the command line; `before` are words before it, such as those of a limiting shell."""
        options = dict(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
        options.update(self.ids)
        options["env"] = {**self.environment, **more.pop("env", {})}
        options.update(more)
        return subprocess.Popen([*before, *self.words(*words)], **options)

    def run(self, *words, **more):
        """Runs it to its end: exit code, standard output, standard error."""
        process = self.start(*words, **more)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def must(self, *words, **more):
        code, out, err = self.run(*words, **more)
        if code != 0:
            raise AssertionError("%s failed with %d:\n%s%s" % (" ".join(words), code, out, err))
        return out, err


class Maven:
    """Maven with the plugin that `mvn verify` left in it/target/it-repo, run by one person. It finds all in a copy of that."""

    REPOSITORY = os.path.join(HOME, "it/target/it-repo")
    SETTINGS = os.path.join(HOME, "it/src/it/settings.xml")

    def __init__(self, person):
        self.person = person
        self.mvn = tool("mvn")
        self.repository = person.path("repository")
        if not os.path.isdir(os.path.join(self.REPOSITORY, "org/jbuildah/buildah-maven-plugin")):
            raise Skipped("the plugin is not in %s: mvn verify puts it there" % self.REPOSITORY)
        if not os.path.isdir(self.repository):
            shutil.copytree(self.REPOSITORY, self.repository)
            subprocess.run(["chown", "-R", "%d:%d" % (person.uid, person.gid), self.repository], check=True)
        self.settings = self.write_settings(person.path("settings.xml"), self.repository)

    @classmethod
    def write_settings(cls, path, repository, login=None):
        """Settings that find all in a local repository; `login` is a registry's host, user and password."""
        with open(cls.SETTINGS) as file:
            text = file.read().replace("@localRepositoryUrl@", "file://" + repository)
        if login:
            entry = "<servers><server><id>%s</id><username>%s</username><password>%s</password></server></servers>" % login
            text = text.replace("<settings>", "<settings>" + entry)
        with open(path, "w") as file:
            file.write(text)
        return path

    @staticmethod
    def project(context):
        """Makes a module of a context: a pom beside its Dockerfile."""
        with open(os.path.join(HOME, "pom.xml")) as pom:
            version = re.search(r"<version>(.*?)</version>", pom.read()).group(1)
        with open(os.path.join(context, "pom.xml"), "w") as pom:
            pom.write(
                "<project><modelVersion>4.0.0</modelVersion><groupId>drill</groupId><artifactId>drill</artifactId>"
                "<version>1</version><packaging>pom</packaging><build><plugins><plugin><groupId>org.jbuildah</groupId>"
                "<artifactId>buildah-maven-plugin</artifactId><version>%s</version><executions><execution><goals>"
                "<goal>build</goal></goals></execution></executions></plugin></plugins></build></project>\n" % version
            )

    def words(self, context, store, *more, settings=None):
        return [self.mvn, "-B", "-ntp", "-s", settings or self.settings, "-Dmaven.repo.local=" + self.repository, "-f", os.path.join(context, "pom.xml"),
                "package", "-Dbuildah.root=" + store, *more]


class Ground:
    def __init__(self, jar):
        self.work = tempfile.mkdtemp(prefix="jbuildah-drill.")
        os.chmod(self.work, 0o755)
        self.jar = os.path.join(self.work, "cli.jar")
        if not os.path.exists(jar):
            raise SystemExit("%s is not there. Build it with: mvn -q package -DskipTests" % jar)
        shutil.copyfile(jar, self.jar)
        os.chmod(self.jar, 0o644)
        self.java_home = os.environ.get("JAVA_HOME")
        self.java = os.path.join(self.java_home, "bin", "java") if self.java_home else tool("java")

    def folder(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(path, exist_ok=True)
        os.chmod(path, 0o755)
        return path

    def context(self, dockerfile, **files):
        """A fresh build context; values of `files` are bytes."""
        path = tempfile.mkdtemp(prefix="context.", dir=self.work)
        os.chmod(path, 0o755)
        for name, data in {"Dockerfile": dockerfile.encode(), **files}.items():
            with open(os.path.join(path, name), "wb") as file:
                file.write(data)
            os.chmod(file.name, 0o755)
        return path

    def close(self):
        shutil.rmtree(self.work, ignore_errors=True)
        if os.path.exists(self.work):  # an ordinary user's store holds files of his subordinate ids
            subprocess.run(["unshare", "--map-root-user", "--map-auto", "rm", "-rf", self.work], stderr=subprocess.DEVNULL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """Debian's docker-registry on loopback."""

    def __init__(self, ground, htpasswd=None):
        self.port = free_port()
        self.folder = tempfile.mkdtemp(prefix="registry.", dir=ground.work)
        auth = ""
        if htpasswd:
            with open(os.path.join(self.folder, "htpasswd"), "w") as file:
                file.write(htpasswd)
            auth = "auth: {htpasswd: {realm: drill, path: %s}}\n" % file.name
        with open(os.path.join(self.folder, "config.yml"), "w") as file:
            file.write(
                "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s/data}}\n"
                "http: {addr: '127.0.0.1:%d'}\n%s" % (self.folder, self.port, auth)
            )
        log = open(os.path.join(self.folder, "log"), "wb")
        self.process = subprocess.Popen([tool("docker-registry"), "serve", file.name], stdout=log, stderr=log)
        deadline = time.time() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            if time.time() > deadline or self.process.poll() is not None:
                raise Skipped("docker-registry does not start: " + open(log.name).read()[-300:])
            time.sleep(0.1)

    def name(self, image):
        return "127.0.0.1:%d/%s" % (self.port, image)

    def call(self, method, url, data=None, **headers):
        if url.startswith("/"):
            url = "http://127.0.0.1:%d%s" % (self.port, url)
        headers = {key.replace("_", "-"): value for key, value in headers.items()}
        request = urllib.request.Request(url, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read(), answer.headers

    def manifest(self, image, tag):
        kinds = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
        return json.loads(self.call("GET", "/v2/%s/manifests/%s" % (image, tag), Accept=kinds)[0])

    def blob(self, image, digest):
        return self.call("GET", "/v2/%s/blobs/%s" % (image, digest))[0]

    def put_blob(self, image, data):
        digest = "sha256:" + sha256(data)
        place = self.call("POST", "/v2/%s/blobs/uploads/" % image, b"")[1]["Location"]
        url = place + ("&" if "?" in place else "?") + "digest=" + digest
        self.call("PUT", url, data, Content_Type="application/octet-stream")
        return digest

    def check(self, image, tag):
        """Every blob of a pushed image is there and is what its name says."""
        manifest = self.manifest(image, tag)
        for blob in [manifest["config"], *manifest["layers"]]:
            data = self.blob(image, blob["digest"])
            assert "sha256:" + sha256(data) == blob["digest"], "the registry holds a wrong " + blob["digest"]
        return manifest

    def vary(self, image, tag, new):
        """Tags a variant: one more layer of many small files and a large one. Returns the layer's digest."""
        manifest = self.manifest(image, tag)
        config = json.loads(self.blob(image, manifest["config"]["digest"]))
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for number in range(800):
                member = tarfile.TarInfo("var/many/%d" % number)
                member.size = 9
                tar.addfile(member, io.BytesIO(b"%09d" % number))
            member = tarfile.TarInfo("var/large")
            member.size = 6 << 20
            tar.addfile(member, io.BytesIO(secrets.token_bytes(member.size)))
        packed = gzip.compress(plain.getvalue(), 1)
        layer = self.put_blob(image, packed)
        config["rootfs"]["diff_ids"].append("sha256:" + sha256(plain.getvalue()))
        config.get("history", []).append({"created_by": "variant " + new})
        text = json.dumps(config).encode()
        manifest["config"].update(digest=self.put_blob(image, text), size=len(text))
        manifest["layers"].append({**manifest["layers"][-1], "digest": layer, "size": len(packed)})
        kind = manifest.get("mediaType", "application/vnd.oci.image.manifest.v1+json")
        self.call("PUT", "/v2/%s/manifests/%s" % (image, new), json.dumps(manifest).encode(), Content_Type=kind)
        return layer

    def blob_file(self, digest):
        hexa = digest.partition(":")[2]
        return os.path.join(self.folder, "data/docker/registry/v2/blobs/sha256", hexa[:2], hexa, "data")

    def close(self):
        self.process.terminate()
        self.process.wait()


def push_base(ground, person, registry):
    """A base image of busybox, made and pushed by the command line under test."""
    box = open(busybox(), "rb").read()
    dockerfile = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "/bin"]\nCMD ["/bin/sh"]\n'
    store = person.path("maker")
    person.must("--root", store, "build", "-t", "base:1", ground.context(dockerfile, busybox=box))
    person.must("--root", store, "push", "--tls-verify=false", "base:1", "docker://" + registry.name("base:1"))


def images(store):
    """What each tag of a store stands for: one digest over the bytes of manifest, config and layers, read as any reader would."""
    found = {}
    for entry in json.load(open(os.path.join(store, "index.json")))["manifests"]:
        name = entry["annotations"]["org.opencontainers.image.ref.name"]
        whole = hashlib.sha256()
        try:
            manifest = blob_of(store, entry["digest"])
            whole.update(manifest)
            parsed = json.loads(manifest)
            for blob in [parsed["config"], *parsed["layers"]]:
                whole.update(blob_of(store, blob["digest"]))
            found[name] = whole.hexdigest()
        except FileNotFoundError as absent:
            found[name] = "lacks " + absent.filename
    return found


def blob_of(store, digest):
    with open(os.path.join(store, "blobs", "sha256", digest.partition(":")[2]), "rb") as file:
        return file.read()


def left_behind(*words):
    """Processes that name one of the words or stand in it, and mounts of it in any namespace; zombies aside."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if int(pid) == os.getpid():
            continue
        folder = "/proc/" + pid
        with contextlib.suppress(OSError):
            if open(folder + "/stat").read().rpartition(")")[2].split()[0] == "Z":
                continue
        for name in ("cmdline", "environ", "mountinfo"):
            with contextlib.suppress(OSError):
                text = open(folder + "/" + name, "rb").read().replace(b"\0", b" ").decode(errors="replace")
                if any(word in text for word in words):
                    found.append("%s of process %s: %s" % (name, pid, text.strip()[:300]))
        for name in ("cwd", "root"):
            with contextlib.suppress(OSError):
                if any(word in os.readlink(folder + "/" + name) for word in words):
                    found.append("%s of process %s" % (name, pid))
    with open("/proc/self/mountinfo") as mounts:
        found += ["mount: " + line.strip() for line in mounts if any(word in line for word in words)]
    return found


def wait_for_nothing_left(*words, seconds=30):
    deadline = time.time() + seconds
    while True:
        found = left_behind(*words)
        if not found:
            return
        assert time.time() < deadline, "left behind:\n" + "\n".join(found)
        time.sleep(0.2)


class Watch:
    """Names of files that appear or change under a store, as they do (inotify)."""

    CREATE, MODIFY, MOVED_TO, IS_DIRECTORY = 0x100, 0x2, 0x80, 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)

    def __init__(self, store):
        self.store = store
        self.fd = self.libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        assert self.fd >= 0, "inotify_init1: " + os.strerror(ctypes.get_errno())
        self.folders = {}
        self.seen = []
        for name in ("", "tmp", "blobs/sha256", "meta/step", "rootfs"):
            self.add(name)
        self.seen.clear()

    def add(self, name):
        mask = self.CREATE | self.MOVED_TO | self.MODIFY
        path = os.path.join(self.store, name)
        handle = self.libc.inotify_add_watch(self.fd, os.fsencode(path), mask)
        if handle < 0:
            return
        self.folders[handle] = name
        with contextlib.suppress(OSError):
            for entry in os.scandir(path):
                self.found(os.path.join(name, entry.name), entry.is_dir(follow_symlinks=False))

    def found(self, name, is_folder):
        self.seen.append(name)
        depth = name.count("/")
        if is_folder and (name.startswith("tmp/") and depth < 2 or name.startswith("rootfs/") and depth < 6):
            self.add(name)

    def read(self):
        """What appeared since the last call."""
        with contextlib.suppress(BlockingIOError):
            data = os.read(self.fd, 1 << 16)
            at = 0
            while at < len(data):
                handle, mask, _, length = struct.unpack_from("iIII", data, at)
                name = data[at + 16 : at + 16 + length].rstrip(b"\0").decode(errors="replace")
                at += 16 + length
                if handle in self.folders:
                    fresh = mask & self.IS_DIRECTORY and mask & (self.CREATE | self.MOVED_TO)
                    self.found(os.path.join(self.folders[handle], name), fresh)
        seen, self.seen = self.seen, []
        return seen

    def close(self):
        os.close(self.fd)
