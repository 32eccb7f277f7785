/** Vocabulary shared by the compiler and the runtime. Depends on nothing but the JDK: no ANTLR, no Netty, no native calls may come in. */
package org.relayd.ir;
