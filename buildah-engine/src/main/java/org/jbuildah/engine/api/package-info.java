/** What callers say and hear: requests, results, failures. The stable API. */
@NullMarked
package org.jbuildah.engine.api;

import org.jspecify.annotations.NullMarked;
