/**
 * Certificates and private keys, looked at before a daemon has to live with them: whether they can be read, fit each
 * other, are good today and cover the names that they are for. Files come through the
 * {@link org.relayd.compiler.environment.Environment}. Certificates are taken apart by the JDK, PEM and keys by Bouncy
 * Castle, which is loaded when there is the first file to read. The keys that a daemon signs with are read elsewhere,
 * in the same forms.
 */
package org.relayd.compiler.certificate;
