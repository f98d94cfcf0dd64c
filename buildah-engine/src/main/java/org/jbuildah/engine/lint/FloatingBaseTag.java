package org.jbuildah.engine.lint;

import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.plan.Stage;

/**
 * An image without a tag, or with {@code latest}: tomorrow it is another one, and the build does something else without any change of the file.
 *
 * @see <a href="https://docs.docker.com/build/building/best-practices/#pin-base-image-versions">Docker: building best practices, pin base image versions</a>
 */
final class FloatingBaseTag implements StageRule {
    @Override
    public Origin origin() {
        return Origin.OURS;
    }

    @Override
    public String description() {
        return "Images are named with a tag other than latest, or with a digest.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        if (stage.stage().base() instanceof Stage.Base.Image image) {
            judge(image.name(), stage.stage().from(), findings);
        }
        for (Instruction instruction : stage.stage().instructions()) {
            if (instruction instanceof Instruction.Transfer transfer) {
                transfer.from().filter(name -> isImage(name, stage)).ifPresent(name -> judge(name, transfer, findings));
            }
        }
    }

    private static boolean isImage(String name, StageView stage) {
        try {
            return stage.graph().stageNamed(name, stage.stage()).isEmpty();
        } catch (DockerfileInvalid noSuchStage) {
            return false;
        }
    }

    private static void judge(String name, Instruction place, Findings findings) {
        Reference reference;
        try {
            reference = Reference.parse(name);
        } catch (IllegalArgumentException noName) {
            return; // the build says so
        }
        if (reference.digest() == null && "latest".equals(reference.tag())) {
            findings.report(
                    place,
                    name + (name.endsWith(":latest") ? " moves with every release" : " has no tag, which means latest")
                            + "; name a version, such as " + name.replaceFirst(":latest$", "") + ":VERSION.");
        }
    }
}
