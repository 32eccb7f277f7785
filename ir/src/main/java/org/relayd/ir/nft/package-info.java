/**
 * Redirections in the terms of nftables. {@link NftPlan} is what the compiler lowers them to and does not change while
 * the daemon runs; {@link NftContent} makes from it, and from the hosts that are up, the exact content that the kernel
 * must have; {@link NftScript} and {@link NftChange} write it as text for nft(8) and libnftables. All pure: compiler
 * and runtime share this package, so that what {@code relayd-compile --emit nft} prints is what the daemon loads.
 */
package org.relayd.ir.nft;
