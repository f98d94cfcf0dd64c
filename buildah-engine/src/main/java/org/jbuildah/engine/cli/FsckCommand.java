package org.jbuildah.engine.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah fsck}: is the store what it says it is? */
@Command(
        name = "fsck",
        description =
                "Checks the store: every blob's digest, every index, every tag. Exit code 1 if something is wrong.")
final class FsckCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            List<String> findings = engine.fsck();
            findings.forEach(console.out()::println);
            console.out().println(findings.isEmpty() ? "clean" : findings.size() + " found");
            return findings.isEmpty() ? 0 : 1;
        }
    }
}
