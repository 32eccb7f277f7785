/**
 * TLS by BoringSSL, over the lower interface of netty-tcnative: streams work on memory by its address, without an
 * SSLEngine. The only package that sees {@code io.netty.internal.tcnative}: a wrong call there ends the process, so
 * what is native is freed in one place ({@link org.relayd.runtime.tls.boringssl.Counted}) and counted in another
 * ({@link org.relayd.runtime.tls.boringssl.Census}). Nothing here may touch {@code io.netty.handler.ssl}.
 */
package org.relayd.runtime.tls.boringssl;
