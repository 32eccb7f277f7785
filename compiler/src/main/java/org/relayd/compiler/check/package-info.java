/**
 * From what is written to what it means: one pass over the statements in the order of the file, in which names become
 * objects, numbers are compared with their limits and defaults are filled in. Takes a
 * {@link org.relayd.ir.parsed.ParsedConfig}, gives a {@link org.relayd.ir.config.CheckedConfig}. Lowering to kernel
 * objects must not come in.
 */
package org.relayd.compiler.check;
