/**
 * Facts about the machine, read once and then judged.
 *
 * <p>{@link HostProbe} reads {@link HostFacts} from {@code /proc}, {@code /etc} and the PATH; rules turn facts into verdicts; {@link
 * ModeChooser} walks down the ladder and says on which rung it stands and why not higher. Only the probe touches the machine. Open
 * {@link ModeChooser} and {@link HostFacts} first.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man5/subuid.5.html">subuid(5)</a>
 */
@NullMarked
package org.jbuildah.engine.host;

import org.jspecify.annotations.NullMarked;
