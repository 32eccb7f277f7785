/**
 * JSON, RFC 8259, in the small: values, reading and writing. The compiler prints models and diagnostics and reads environment files with
 * it; a library would cost more start-up time than a whole check.
 */
package org.relayd.compiler.json;
