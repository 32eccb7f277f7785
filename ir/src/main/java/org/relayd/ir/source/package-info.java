/**
 * Where text was written: source texts, spans in them and the includes and macros that brought them in. Read by
 * diagnostics; no files are opened here.
 */
package org.relayd.ir.source;
