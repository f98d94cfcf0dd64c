package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.host.Recipe.Place;

/** The way around each kind of obstacle. An obstacle without a recipe of its own has its remedy as one. */
final class Recipes {
    private final HostFacts host;

    Recipes(HostFacts host) {
        this.host = host;
    }

    List<Recipe> against(Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case USER_NAMESPACES_DENIED, MOUNTS_DENIED, WORKER_NOT_STARTED -> confined(obstacle);
            case STORE_ON_UNION, STORE_ON_NETWORK, STORE_NO_EXEC, STORE_WITHOUT_OWNERS -> store(obstacle);
            case OVERLAY_REFUSED -> store(obstacle);
            case NO_FUSE_DEVICE -> fuseDevice();
            case ID_MAP_TOOLS_POWERLESS -> idMapTools();
            case NO_CAPABILITY -> capability(obstacle);
            case NO_ID_MAP_TOOLS, NO_UNSHARE, NO_SHELL, NO_FUSE_OVERLAY, NO_RUNTIME -> program(obstacle);
            case NO_SUB_IDS -> subIds(obstacle);
            default -> remedy(obstacle);
        };
    }

    private static List<Recipe> remedy(Obstacle obstacle) {
        return obstacle.remedy().isEmpty() ? List.of() : List.of(new Recipe(Place.MACHINE, obstacle.remedy()));
    }

    private List<Recipe> confined(Obstacle obstacle) {
        List<Recipe> recipes = new ArrayList<>();
        if (host.userNamespaces().appArmorRestricts() && !host.tools().unshare().isEmpty()) {
            recipes.add(new Recipe(Place.MACHINE, appArmorProfile()));
        } else if (obstacle.kind() == Kind.WORKER_NOT_STARTED) {
            recipes.addAll(remedy(obstacle));
        }
        recipes.add(new Recipe(
                Place.DOCKER,
                "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --volume jbuildah:"
                        + host.store().root() + " …"));
        recipes.add(
                new Recipe(Place.KUBERNETES, PodRecipes.unconfined(host.store().root())));
        recipes.add(new Recipe(
                Place.GITLAB_DOCKER,
                """
                [runners.docker]
                  security_opt = ["seccomp:unconfined", "apparmor:unconfined"]
                  volumes = ["/cache", "jbuildah:%s"]"""
                        .formatted(host.store().root())));
        recipes.add(new Recipe(
                Place.GITLAB_KUBERNETES, PodRecipes.gitlab(host.store().root())));
        recipes.add(new Recipe(Place.JENKINS, PodRecipes.jenkins(host.store().root())));
        recipes.add(
                new Recipe(
                        Place.SYSTEMD,
                        """
                [Service]
                RestrictNamespaces=no
                NoNewPrivileges=no
                SystemCallFilter="""));
        return recipes;
    }

    /** @see <a href="https://gitlab.com/apparmor/apparmor/-/wikis/unprivileged_userns_restriction">AppArmor: unprivileged user namespaces</a> */
    private String appArmorProfile() {
        return """
                # the namespaces are made by unshare; Java itself needs no profile
                sudo tee /etc/apparmor.d/jbuildah-unshare <<'END'
                abi <abi/4.0>,
                include <tunables/global>
                profile jbuildah-unshare %s flags=(unconfined) {
                  userns,
                }
                END
                sudo apparmor_parser -r /etc/apparmor.d/jbuildah-unshare
                # or for every program: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"""
                .formatted(host.tools().unshare().get(0));
    }

    private List<Recipe> store(Obstacle obstacle) {
        String root = host.store().root().toString();
        return List.of(
                new Recipe(
                        Place.MACHINE,
                        obstacle.remedy().isEmpty()
                                ? "Put the store on a local disk: --root DIR, -Dbuildah.root=DIR, or XDG_DATA_HOME"
                                : obstacle.remedy()),
                new Recipe(Place.DOCKER, "docker run --volume jbuildah:" + root + " …"),
                new Recipe(Place.KUBERNETES, PodRecipes.volume(host.store().root())),
                new Recipe(
                        Place.GITLAB_DOCKER,
                        """
                        [runners.docker]
                          volumes = ["/cache", "jbuildah:%s"]"""
                                .formatted(root)),
                new Recipe(
                        Place.GITLAB_KUBERNETES,
                        """
                        [[runners.kubernetes.volumes.empty_dir]]
                          name = "jbuildah"
                          mount_path = "%s\""""
                                .formatted(root)),
                new Recipe(
                        Place.JENKINS,
                        "podTemplate(volumes: [emptyDirVolume(mountPath: '" + root + "')]) { … }\n"
                                + "agent { docker { image '…'; args '--volume jbuildah:" + root + "' } }"));
    }

    private List<Recipe> fuseDevice() {
        return List.of(
                new Recipe(
                        Place.MACHINE,
                        """
                        sudo modprobe fuse && echo fuse | sudo tee /etc/modules-load.d/fuse.conf
                        sudo chmod 0666 /dev/fuse"""),
                new Recipe(Place.DOCKER, "docker run --device /dev/fuse …"),
                new Recipe(
                        Place.KUBERNETES,
                        """
                        # with a device plugin for FUSE on the nodes, such as smarter-device-manager
                        resources:
                          limits:
                            github.com/fuse: 1"""),
                new Recipe(
                        Place.GITLAB_DOCKER,
                        """
                        [runners.docker]
                          devices = ["/dev/fuse"]"""),
                new Recipe(
                        Place.GITLAB_KUBERNETES,
                        """
                        # with a device plugin for FUSE on the nodes, in the namespace of the jobs
                        apiVersion: v1
                        kind: LimitRange
                        metadata: {name: fuse}
                        spec:
                          limits:
                            - type: Container
                              default: {github.com/fuse: 1}"""),
                new Recipe(Place.JENKINS, "agent { docker { image '…'; args '--device /dev/fuse' } }"));
    }

    /** Under no_new_privs neither the setuid bit nor a file capability has an effect; elsewhere one of them is missing or useless. */
    private List<Recipe> idMapTools() {
        if (!host.process().noNewPrivs()) {
            return List.of(
                    host.container().inside()
                            ? new Recipe(
                                    Place.IMAGE,
                                    "RUN chmod u-s /usr/bin/newuidmap /usr/bin/newgidmap && setcap cap_setuid+ep /usr/bin/newuidmap && "
                                            + "setcap cap_setgid+ep /usr/bin/newgidmap")
                            : new Recipe(
                                    Place.MACHINE,
                                    "sudo setcap cap_setuid+ep /usr/bin/newuidmap\nsudo setcap cap_setgid+ep /usr/bin/newgidmap"));
        }
        return List.of(
                new Recipe(Place.DOCKER, "Leave out --security-opt no-new-privileges"),
                new Recipe(
                        Place.KUBERNETES,
                        """
                        securityContext:
                          allowPrivilegeEscalation: true"""),
                new Recipe(
                        Place.GITLAB_DOCKER,
                        """
                        [runners.docker]
                          security_opt = [] # without no-new-privileges"""),
                new Recipe(
                        Place.GITLAB_KUBERNETES,
                        """
                        [runners.kubernetes]
                          allow_privilege_escalation = true"""),
                new Recipe(Place.JENKINS, "In the podTemplate: securityContext: {allowPrivilegeEscalation: true}"),
                new Recipe(
                        Place.SYSTEMD,
                        """
                        [Service]
                        NoNewPrivileges=no"""));
    }

    private static List<Recipe> capability(Obstacle obstacle) {
        String name = obstacle.what().replaceAll("(?s).*CAP_(\\w+).*", "$1");
        return List.of(
                new Recipe(Place.DOCKER, "docker run --cap-add " + name + " …"),
                new Recipe(
                        Place.KUBERNETES,
                        """
                        securityContext:
                          capabilities:
                            add: [%s]"""
                                .formatted(name)),
                new Recipe(
                        Place.GITLAB_DOCKER,
                        """
                        [runners.docker]
                          cap_add = ["%s"]"""
                                .formatted(name)),
                new Recipe(
                        Place.GITLAB_KUBERNETES,
                        """
                        [runners.kubernetes]
                          cap_add = ["%s"]"""
                                .formatted(name)),
                new Recipe(Place.JENKINS, "agent { docker { image '…'; args '--cap-add " + name + "' } }"),
                new Recipe(Place.MACHINE, "Run the build as an ordinary user, who needs no capability"));
    }

    private List<Recipe> program(Obstacle obstacle) {
        String install = obstacle.remedy().startsWith("sudo ")
                ? "RUN " + obstacle.remedy().substring("sudo ".length()).replace("install ", "install -y ")
                : "";
        List<Recipe> recipes = new ArrayList<>(remedy(obstacle));
        if (!install.isEmpty()) {
            recipes.add(new Recipe(Place.IMAGE, install));
        }
        return recipes;
    }

    private List<Recipe> subIds(Obstacle obstacle) {
        String user = host.process().user();
        return List.of(
                new Recipe(Place.MACHINE, obstacle.remedy()),
                new Recipe(Place.IMAGE, "RUN echo " + user + ":100000:65536 | tee /etc/subuid > /etc/subgid"));
    }
}
