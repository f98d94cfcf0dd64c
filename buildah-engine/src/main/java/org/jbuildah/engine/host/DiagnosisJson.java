package org.jbuildah.engine.host;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jbuildah.engine.oci.JsonText;
import org.jbuildah.engine.worker.LayerDriver;

/** A diagnosis for programs; every recipe is there, with a word on whether it fits this machine. */
public final class DiagnosisJson {
    private final Diagnosis diagnosis;
    private final JsonText json = new JsonText();

    private DiagnosisJson(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /** One line, without its end. */
    public static String write(Diagnosis diagnosis) {
        DiagnosisJson writer = new DiagnosisJson(diagnosis);
        writer.diagnosis();
        return new String(writer.json.bytes(), StandardCharsets.UTF_8);
    }

    private void diagnosis() {
        json.open('{');
        json.field("run", diagnosis.runWorks() ? "works" : "cannot work");
        json.field("rung", diagnosis.rung().number());
        json.field("rehearsal", word(diagnosis.rehearsal()));
        Choice choice = diagnosis.choice();
        if (choice != null) {
            json.field("mode", choice.mode().word());
            json.list(
                    "drivers", choice.drivers().stream().map(LayerDriver::word).toList(), JsonText::value);
            json.list("reasons", choice.reasons(), JsonText::value);
        }
        json.list("rungs", diagnosis.rungs(), (each, rung) -> rung(rung));
        json.list("obstacles", diagnosis.obstacles(), (each, obstacle) -> obstacle(obstacle));
        json.list("cautions", diagnosis.cautions(), (each, obstacle) -> obstacle(obstacle));
        json.name("facts").open('{');
        diagnosis.factsInWords().forEach(fact -> json.field(fact.name(), fact.value()));
        json.close('}');
        json.close('}');
    }

    private void rung(Rung rung) {
        json.open('{');
        json.field("number", rung.number());
        json.field("what", rung.what());
        json.list(
                "obstacles",
                rung.obstacles().stream()
                        .map(obstacle -> obstacle.kind().name())
                        .distinct()
                        .toList(),
                JsonText::value);
        json.close('}');
    }

    private void obstacle(Obstacle obstacle) {
        json.open('{');
        json.field("kind", obstacle.kind().name());
        json.field("what", obstacle.what());
        json.fieldUnlessEmpty("remedy", obstacle.remedy());
        json.list("recipes", diagnosis.recipes(obstacle), (each, recipe) -> recipe(recipe));
        json.close('}');
    }

    private void recipe(Recipe recipe) {
        json.open('{');
        json.field("place", word(recipe.place()));
        json.fieldIfTrue("here", recipe.place().fits(diagnosis.facts()));
        json.field("text", recipe.text());
        json.close('}');
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
