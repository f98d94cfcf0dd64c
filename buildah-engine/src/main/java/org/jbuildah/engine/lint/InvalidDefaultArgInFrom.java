package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Reference;

/**
 * A base image whose name is empty or wrong unless a build argument is given: the file does not build by itself.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/">Docker: build checks, InvalidDefaultArgInFrom</a>
 */
final class InvalidDefaultArgInFrom implements FileRule {
    @Override
    public String description() {
        return "The defaults of ARGs make every FROM line name an image.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        file.defaults().ifPresent(scope -> {
            for (Instruction.From from : file.froms()) {
                Expansion image = Expansion.of(from.image(), file.lexer(), scope);
                // a constant that names no image names a stage, or is refused anyway
                image.text()
                        .filter(name -> !image.isConstant() && !namesImage(name) && !namesStage(name, file))
                        .ifPresent(name -> findings.report(from, detail(from.image(), name)));
            }
        });
    }

    private static String detail(String written, String name) {
        return "Without build arguments \"" + written + "\" becomes "
                + (name.isEmpty() ? "nothing" : "\"" + name + "\", which names no image")
                + "; give the ARG a default.";
    }

    private static boolean namesImage(String name) {
        try {
            Reference.parse(name);
            return true;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    private static boolean namesStage(String name, FileView file) {
        return file.froms().stream().anyMatch(from -> name.equalsIgnoreCase(from.stage()));
    }
}
