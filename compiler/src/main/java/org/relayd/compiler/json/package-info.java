/**
 * JSON, RFC 8259, as it is read: values and their reader, for environment files. It is written with org.relayd.ir.json.
 */
package org.relayd.compiler.json;
