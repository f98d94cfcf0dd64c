package org.jbuildah.engine.lint;

import java.util.List;
import java.util.Optional;

/** All rules, in the order in which the manual has them. */
final class Rules {
    static final List<Rule> ALL = List.of(
            new StageNameCasing(),
            new FromAsCasing(),
            new NoEmptyContinuation(),
            new ConsistentInstructionCasing(),
            new DuplicateStageName(),
            new ReservedStageName(),
            new JSONArgsRecommended(),
            new MaintainerDeprecated(),
            new UndefinedArgInFrom(),
            new WorkdirRelativePath(),
            new UndefinedVar(),
            new MultipleInstructionsDisallowed(),
            new LegacyKeyValueFormat(),
            new InvalidBaseImagePlatform(),
            new RedundantTargetPlatform(),
            new SecretsUsedInArgOrEnv(),
            new InvalidDefaultArgInFrom(),
            new FromPlatformFlagConstDisallowed(),
            new CopyIgnoredFile(),
            new InvalidDefinitionDescription(),
            new ExposeProtoCasing(),
            new ExposeInvalidFormat(),
            new FloatingBaseTag(),
            new AmbiguousWildcard(),
            new LastUserIsRoot());

    private Rules() {}

    static List<FileRule> aboutFiles() {
        return ALL.stream()
                .filter(FileRule.class::isInstance)
                .map(FileRule.class::cast)
                .toList();
    }

    static List<StageRule> aboutStages() {
        return ALL.stream()
                .filter(StageRule.class::isInstance)
                .map(StageRule.class::cast)
                .toList();
    }

    static Optional<Rule> named(String name) {
        return ALL.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
