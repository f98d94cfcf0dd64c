package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the machine for its {@code RUN}s. A mode or driver named here is used or refused, never replaced.
 *
 * @param fuseProgram the file system that overlay is to use in place of the kernel's, as buildah's {@code overlay.mount_program} names
 *     it; null for the kernel's where it works, else the fuse-overlayfs of the machine
 * @param allowWeakIsolation whether a plain chroot may be used where the machine allows no namespaces; it keeps apart honest programs only
 * @param allowNestedRuntime whether {@link BuildMode#NATIVE_ROOTLESS} may be tried inside of a container
 * @param runtime what that mode runs steps with
 */
public record ModeOptions(
        BuildMode mode,
        StorageDriver storageDriver,
        @Nullable Path fuseProgram,
        boolean allowWeakIsolation,
        boolean allowNestedRuntime,
        RuntimeOptions runtime) {
    /** The strongest that works. */
    public static final ModeOptions DEFAULT =
            new ModeOptions(BuildMode.AUTO, StorageDriver.AUTO, null, false, false, RuntimeOptions.DEFAULT);

    public ModeOptions withMode(BuildMode value) {
        return new ModeOptions(value, storageDriver, fuseProgram, allowWeakIsolation, allowNestedRuntime, runtime);
    }

    public ModeOptions withStorageDriver(StorageDriver value) {
        return new ModeOptions(mode, value, fuseProgram, allowWeakIsolation, allowNestedRuntime, runtime);
    }

    public ModeOptions withFuseProgram(@Nullable Path value) {
        return new ModeOptions(mode, storageDriver, value, allowWeakIsolation, allowNestedRuntime, runtime);
    }

    public ModeOptions withAllowWeakIsolation(boolean value) {
        return new ModeOptions(mode, storageDriver, fuseProgram, value, allowNestedRuntime, runtime);
    }

    public ModeOptions withAllowNestedRuntime(boolean value) {
        return new ModeOptions(mode, storageDriver, fuseProgram, allowWeakIsolation, value, runtime);
    }

    public ModeOptions withRuntime(RuntimeOptions value) {
        return new ModeOptions(mode, storageDriver, fuseProgram, allowWeakIsolation, allowNestedRuntime, value);
    }

    /**
     * The same with buildah's storage options, such as {@code overlay.mount_program=/usr/bin/fuse-overlayfs}.
     *
     * @throws RequestInvalid for an option that jbuildah does not have
     */
    public ModeOptions withStorageOptions(List<String> options) {
        return StorageOption.applied(this, options);
    }
}
