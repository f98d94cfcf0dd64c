package org.jbuildah.engine.lint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A wildcard of COPY or ADD, such as {@code target/*.jar}, that takes more than its author meant: several files for a destination that is
 * one file, of which the last remains; or an artifact together with its by-products ({@code -sources}, {@code -javadoc}, {@code -tests},
 * {@code -plain}, {@code original-}). What the context holds now is judged: before the first build there is nothing to find.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference: COPY</a>, "Source" and "Destination"
 */
final class AmbiguousWildcard implements StageRule {
    @Override
    public Origin origin() {
        return Origin.OURS;
    }

    @Override
    public String description() {
        return "A wildcard takes one artifact, not its by-products and not several files for one.";
    }

    private static final Pattern BY_PRODUCT = Pattern.compile(
            ".*-(?:sources|javadoc|tests|test-sources|plain)\\.(?:jar|war)|(?:.*/)?original-[^/]*\\.(?:jar|war)"
                    + "|.*\\.(?:jar|war)\\.original");

    @Override
    public void judge(StageView stage, Findings findings) {
        for (StageView.Place place : stage.places()) {
            if (place.instruction() instanceof Instruction.Transfer transfer) {
                String destination =
                        place.scope().expand(transfer.destination()).text().orElse("/");
                ContextSources.of(transfer, place.scope()).stream()
                        .filter(SourceSelection::hasWildcard)
                        .forEach(wildcard ->
                                judge(transfer, wildcard, stage.context().matches(wildcard), destination, findings));
            }
        }
    }

    private static void judge(
            Instruction.Transfer transfer,
            String wildcard,
            List<String> matches,
            String destination,
            Findings findings) {
        if (matches.size() < 2) {
            return;
        }
        Optional<String> byProduct = matches.stream()
                .filter(name -> BY_PRODUCT.matcher(name).matches())
                .findFirst();
        String taken = "\"" + wildcard + "\" takes " + matches.size() + " files (" + String.join(", ", matches) + ")";
        if (namesFile(destination)) {
            findings.report(
                    transfer,
                    taken + " for one destination, \"" + destination
                            + "\", where only the last remains; name the file that is meant.");
        } else if (byProduct.isPresent() && !allByProducts(matches)) {
            findings.report(
                    transfer,
                    taken + ", among them the by-product " + byProduct.get() + "; name the file that is meant.");
        }
    }

    private static boolean allByProducts(List<String> matches) {
        return matches.stream().allMatch(name -> BY_PRODUCT.matcher(name).matches());
    }

    /** True where the last component looks like the name of a file, with an extension. */
    private static boolean namesFile(String destination) {
        String last = destination.substring(destination.lastIndexOf('/') + 1);
        return last.lastIndexOf('.') > 0 && !last.equals("..");
    }
}
