package org.jbuildah.engine.host;

import java.nio.file.Path;

/** Parts of a pod, and the ways in which CI systems write them. */
final class PodRecipes {
    private PodRecipes() {}

    /** Two ways: a user namespace of the pod's own, in which capabilities are harmless; or no filter. */
    static String unconfined(Path store) {
        return """
                # Kubernetes 1.33 and later: the pod has a user namespace of its own
                spec:
                  hostUsers: false
                  containers:
                    - name: build
                      securityContext:
                        capabilities: {add: [SYS_ADMIN]}
                        appArmorProfile: {type: Unconfined}
                # before that, for root and for ordinary users
                spec:
                  containers:
                    - name: build
                      securityContext:
                        seccompProfile: {type: Unconfined}
                        appArmorProfile: {type: Unconfined} # before 1.30 the annotation container.apparmor.security.beta.kubernetes.io/build: unconfined
                # and for both
                %s"""
                .formatted(volume(store));
    }

    static String volume(Path store) {
        return """
                spec:
                  containers:
                    - name: build
                      volumeMounts:
                        - {name: jbuildah, mountPath: %s}
                  volumes:
                    - name: jbuildah
                      emptyDir: {}"""
                .formatted(store);
    }

    /** @see <a href="https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications">GitLab Runner: pod specifications</a> */
    static String gitlab(Path store) {
        return """
                [runners.feature_flags]
                  FF_USE_ADVANCED_POD_SPEC_CONFIGURATION = true
                [[runners.kubernetes.pod_spec]]
                  name = "jbuildah"
                  patch_type = "strategic"
                  patch = '''
                    containers:
                      - name: build
                        securityContext:
                          seccompProfile: {type: Unconfined}
                          appArmorProfile: {type: Unconfined}
                  '''
                [[runners.kubernetes.volumes.empty_dir]]
                  name = "jbuildah"
                  mount_path = "%s\""""
                .formatted(store);
    }

    /** For the Kubernetes plugin and for the Docker plugin. */
    static String jenkins(Path store) {
        return """
                agent { kubernetes { yaml '''
                  spec:
                    containers:
                      - name: build
                        image: …
                        securityContext:
                          seccompProfile: {type: Unconfined}
                          appArmorProfile: {type: Unconfined}
                        volumeMounts:
                          - {name: jbuildah, mountPath: %1$s}
                    volumes:
                      - {name: jbuildah, emptyDir: {}}
                ''' } }
                // or
                agent { docker { image '…'; args '--security-opt seccomp=unconfined --security-opt apparmor=unconfined --volume jbuildah:%1$s' } }"""
                .formatted(store);
    }
}
