package org.relayd.ir.image;

import java.util.List;
import org.relayd.ir.nft.NftPlan;

/** Redirections in the terms of one back end. The kind of image says which kernel carries it out. */
public sealed interface KernelImage {

    /** Returns an image of the same kind without redirections. */
    KernelImage empty();

    /**
     * For nftables of Linux.
     *
     * @param plan
     *            the redirections
     */
    record Nftables(NftPlan plan) implements KernelImage {
        @Override
        public Nftables empty() {
            return new Nftables(NftPlan.nothing());
        }
    }

    /**
     * For pf of OpenBSD.
     *
     * @param anchors
     *            one for each redirection, in order of their ids
     */
    record PfOfOpenBsd(List<PfImage> anchors) implements KernelImage {

        /** Copies the list. */
        public PfOfOpenBsd {
            anchors = List.copyOf(anchors);
        }

        @Override
        public PfOfOpenBsd empty() {
            return new PfOfOpenBsd(List.of());
        }
    }

    /**
     * For pf of FreeBSD.
     *
     * @param anchors
     *            one for each redirection, in order of their ids
     */
    record PfOfFreeBsd(List<PfImage> anchors) implements KernelImage {

        /** Copies the list. */
        public PfOfFreeBsd {
            anchors = List.copyOf(anchors);
        }

        @Override
        public PfOfFreeBsd empty() {
            return new PfOfFreeBsd(List.of());
        }
    }

    /**
     * For a file that gets one line for each operation.
     *
     * @param file
     *            name of the file
     * @param redirects
     *            the redirections, in order of their ids
     */
    record Recorded(String file, List<RedirectImage> redirects) implements KernelImage {

        /** Copies the list. */
        public Recorded {
            redirects = List.copyOf(redirects);
        }

        @Override
        public Recorded empty() {
            return new Recorded(file, List.of());
        }
    }

    /**
     * For nothing: what would be done is not even written down.
     *
     * @param redirects
     *            the redirections, in order of their ids
     */
    record Unheeded(List<RedirectImage> redirects) implements KernelImage {

        /** Copies the list. */
        public Unheeded {
            redirects = List.copyOf(redirects);
        }

        @Override
        public Unheeded empty() {
            return new Unheeded(List.of());
        }
    }
}
