package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | not JSON: End of input at line 1 column 2 path $.",
                "{'a': nil, | not JSON: End of input at line 1 column 11 path $.a",
                "{'a' 1} | not JSON: Expected ':' at line 1 column 7 path $.a",
                "[] | not a JSON object"
            })
    void saysWhatIsWrongWithATextInWordsForPeople(String text, String what) {
        assertThatIOException()
                .isThrownBy(() -> RegistryJson.object(text.getBytes(StandardCharsets.UTF_8)))
                .withMessage(what);
    }
}
