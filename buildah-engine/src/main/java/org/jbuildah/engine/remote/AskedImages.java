package org.jbuildah.engine.remote;

import java.io.IOException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ResolvedImage;

/**
 * Base images by way of the other side, which has the user's images, credentials, certificates and proxies. What this side's store has
 * already does not travel again.
 */
record AskedImages(Channel channel, LayerDelivery layers) implements ImageSource {
    @Override
    public ResolvedImage resolve(String name, Platform platform, PullPolicy policy) throws InterruptedException {
        try {
            return channel.ask(new Question.Resolve(name, platform, policy));
        } catch (IOException failure) {
            throw unavailable(name, failure);
        }
    }

    @Override
    public void fetchLayers(ResolvedImage image) throws InterruptedException {
        try {
            channel.ask(new Question.Fetch(image));
            layers.bring(image.config().diffIds());
        } catch (IOException failure) {
            throw unavailable(image.reference(), failure);
        }
    }

    private static ImageUnavailable unavailable(String name, IOException failure) {
        return new ImageUnavailable(
                FailureCode.TRANSFER_FAILED,
                "The image " + name + " could not be brought into the helper container: " + failure.getMessage() + ".",
                "Build again.",
                failure);
    }
}
