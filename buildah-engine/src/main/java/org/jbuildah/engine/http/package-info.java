/**
 * HTTP as every room speaks it that does: redirects, proxies, certificates, stalls, retries. It does not know what is asked for, and keeps
 * no credential.
 *
 * <p>Open first: {@link org.jbuildah.engine.http.HttpPort} and {@link org.jbuildah.engine.http.HttpCall}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110: HTTP semantics</a>
 */
@NullMarked
package org.jbuildah.engine.http;

import org.jspecify.annotations.NullMarked;
