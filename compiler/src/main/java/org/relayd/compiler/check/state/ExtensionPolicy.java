package org.relayd.compiler.check.state;

/** Whether a configuration may use words that OpenBSD does not have. relayd.conf(5): EXTENSIONS. */
public enum ExtensionPolicy {
    /** If the file says {@code extensions on}. */
    OPT_IN,
    /** Never, so that what is accepted also loads on OpenBSD as far as words go: {@code --strict-compat}. */
    REFUSED
}
