package org.jbuildah.engine.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.io.IOException;
import java.util.Arrays;

/**
 * The functions of the C library that we call, each with 64-bit integer arguments only. Plain jffi, without jnr-ffi above it: no
 * byte code is generated at start (60 ms of a worker's start), and jnr-ffi's stub for six arguments passes a wrong sixth on x86_64.
 */
final class LibC {
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();

    private final Function syscall;
    private final Function syscallOfSix;
    private final Function posixSpawn;
    private final Function fileActionsInit;
    private final Function fileActionsDestroy;
    private final Function fileActionsAddDup2;
    private final Function fileActionsAddOpen;
    private final Function attributesInit;
    private final Function attributesDestroy;
    private final Function attributesSetFlags;
    private final Function attributesSetSigmask;
    private final Function attributesSetSigdefault;

    private LibC(Library library) throws IOException {
        syscall = function(library, "syscall", 6);
        syscallOfSix = function(library, "syscall", 7);
        posixSpawn = function(library, "posix_spawn", 6);
        fileActionsInit = function(library, "posix_spawn_file_actions_init", 1);
        fileActionsDestroy = function(library, "posix_spawn_file_actions_destroy", 1);
        fileActionsAddDup2 = function(library, "posix_spawn_file_actions_adddup2", 3);
        fileActionsAddOpen = function(library, "posix_spawn_file_actions_addopen", 5);
        attributesInit = function(library, "posix_spawnattr_init", 1);
        attributesDestroy = function(library, "posix_spawnattr_destroy", 1);
        attributesSetFlags = function(library, "posix_spawnattr_setflags", 2);
        attributesSetSigmask = function(library, "posix_spawnattr_setsigmask", 2);
        attributesSetSigdefault = function(library, "posix_spawnattr_setsigdefault", 2);
    }

    static LibC load() throws IOException {
        Library library = Library.getCachedInstance("libc.so.6", Library.LAZY);
        if (library == null) {
            throw new IOException("libc.so.6 cannot be loaded: " + Library.getLastError()
                    + "; RUN needs the GNU C library (musl is not supported)");
        }
        return new LibC(library);
    }

    private static Function function(Library library, String name, int arguments) throws IOException {
        long address = library.getSymbolAddress(name);
        if (address == 0) {
            throw new IOException("libc.so.6 has no function " + name);
        }
        Type[] types = new Type[arguments];
        Arrays.fill(types, Type.SLONG_LONG);
        return new Function(
                address, CallContext.getCallContext(Type.SLONG_LONG, types, CallingConvention.DEFAULT, true));
    }

    /** The result, or the negative error number. */
    long syscall(long number, long a, long b, long c, long d, long e) {
        long result = INVOKER.invokeNNNNNNrN(syscall, number, a, b, c, d, e);
        return result == -1 ? -LAST_ERROR.get() : result;
    }

    /** A call of six arguments: slower, and needed for few. */
    long syscall(long number, long a, long b, long c, long d, long e, long f) {
        HeapInvocationBuffer arguments = new HeapInvocationBuffer(syscallOfSix);
        for (long argument : new long[] {number, a, b, c, d, e, f}) {
            arguments.putLong(argument);
        }
        long result = INVOKER.invokeLong(syscallOfSix, arguments);
        return result == -1 ? -LAST_ERROR.get() : result;
    }

    /** An error number, 0 for none. */
    int posixSpawn(long pid, long path, long fileActions, long attributes, long arguments, long environment) {
        return (int) INVOKER.invokeNNNNNNrN(posixSpawn, pid, path, fileActions, attributes, arguments, environment);
    }

    void fileActionsInit(long fileActions) {
        INVOKER.invokeNrN(fileActionsInit, fileActions);
    }

    void fileActionsDestroy(long fileActions) {
        INVOKER.invokeNrN(fileActionsDestroy, fileActions);
    }

    int fileActionsAddDup2(long fileActions, int from, int to) {
        return (int) INVOKER.invokeNNNrN(fileActionsAddDup2, fileActions, from, to);
    }

    int fileActionsAddOpen(long fileActions, int descriptor, long path, int flags) {
        return (int) INVOKER.invokeNNNNNrN(fileActionsAddOpen, fileActions, descriptor, path, flags, 0);
    }

    void attributesInit(long attributes) {
        INVOKER.invokeNrN(attributesInit, attributes);
    }

    void attributesDestroy(long attributes) {
        INVOKER.invokeNrN(attributesDestroy, attributes);
    }

    void attributesSet(long attributes, int flags, long sigmask, long sigdefault) {
        INVOKER.invokeNNrN(attributesSetFlags, attributes, flags);
        INVOKER.invokeNNrN(attributesSetSigmask, attributes, sigmask);
        INVOKER.invokeNNrN(attributesSetSigdefault, attributes, sigdefault);
    }
}
