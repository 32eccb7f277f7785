/**
 * How {@link org.relayd.runtime.parent.message.Frame frames} are written as octets, and read from octets that anybody
 * may have written.
 *
 * <p>
 * A variant of a sealed type is one octet, its tag, and its components in their order. Numbers have their most
 * significant octet first; texts (UTF-8), octets and collections begin with their length or count in four octets; what
 * is optional begins with 0 or 1. A reader takes exactly what a writer can have made: everything else is an
 * {@link java.io.IOException} that says why, and nothing is allocated for a length or a count before that many octets
 * are known to be there. Whether a value may be asked for is not known here.
 */
package org.relayd.runtime.parent.codec;
