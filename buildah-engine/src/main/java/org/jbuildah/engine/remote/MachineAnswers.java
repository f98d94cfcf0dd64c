package org.jbuildah.engine.remote;

import java.io.IOException;
import org.jbuildah.engine.fetch.Checkout;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.transport.ImageSource;

/** What this machine does for the container: shows files, brings images, fetches, lends ssh agents. */
record MachineAnswers(ServedTrees trees, ImageSource images, Fetcher fetcher, LentAgents agents, BlobAnswers blobs)
        implements Channel.Answers {
    @Override
    public Object answer(Question<?> question) throws IOException, InterruptedException {
        if (question instanceof Question.Listing asked) {
            return trees.listing(asked);
        }
        if (question instanceof Question.ContentDigest asked) {
            return trees.digest(asked);
        }
        if (question instanceof Question.Open asked) {
            return blobs.opened(trees.files(asked.tree()).open(asked.file()));
        }
        if (question instanceof Question.Explain asked) {
            return new Answer.Reason(trees.files(asked.tree()).explain(asked.word()));
        }
        if (question instanceof Question.Resolve asked) {
            return images.resolve(asked.name(), asked.platform(), asked.policy());
        }
        if (question instanceof Question.Fetch asked) {
            images.fetchLayers(asked.image());
            return new Answer.Done();
        }
        return fetched(question);
    }

    private Object fetched(Question<?> question) throws IOException, InterruptedException {
        if (question instanceof Question.Fetched asked) {
            return fetcher.download(asked.address(), asked.promised());
        }
        if (question instanceof Question.Commit asked) {
            return fetcher.resolve(asked.reference());
        }
        if (question instanceof Question.CheckOut asked) {
            Checkout checkout = fetcher.checkout(asked.reference(), asked.revision(), asked.keepGitDir());
            return new Answer.Tree(trees.add(checkout::tree), checkout.commit(), checkout.time());
        }
        if (question instanceof Question.Agent asked) {
            return agents.answer(asked);
        }
        if (question instanceof Question.HangUp asked) {
            agents.hangUp(asked.connection());
            return new Answer.Done();
        }
        return blobs.answer(question);
    }
}
