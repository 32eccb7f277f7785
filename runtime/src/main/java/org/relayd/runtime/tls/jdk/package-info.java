/**
 * TLS by the JDK's {@link javax.net.ssl.SSLEngine}: the fall-back where the native library is missing. It needs two to
 * three times the time for a handshake, each of which takes a turn on another thread, and lacks what
 * {@link org.relayd.runtime.tls.jdk.JdkTls#unheeded} tells. Nothing else of relayd sees javax.net.ssl.
 */
package org.relayd.runtime.tls.jdk;
