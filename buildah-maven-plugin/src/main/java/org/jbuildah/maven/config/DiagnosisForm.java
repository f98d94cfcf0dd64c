package org.jbuildah.maven.config;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.host.Diagnosis;
import org.jbuildah.engine.host.DiagnosisJson;
import org.jbuildah.engine.host.DiagnosisText;

/** How the doctor's answer is written. */
public enum DiagnosisForm {
    TEXT {
        @Override
        public List<String> lines(Diagnosis diagnosis) {
            return DiagnosisText.lines(diagnosis);
        }
    },
    JSON {
        @Override
        public List<String> lines(Diagnosis diagnosis) {
            return List.of(DiagnosisJson.write(diagnosis));
        }
    };

    private static final Word<DiagnosisForm> WORDS =
            new Word<>("format", "doctor.format", Map.of("text", TEXT, "json", JSON));

    /** @throws RequestInvalid for a word that is none of them */
    public static DiagnosisForm of(String word) {
        return WORDS.parse(word);
    }

    public abstract List<String> lines(Diagnosis diagnosis);
}
