package org.relayd.compiler.lower;

import java.util.List;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.KernelTerms;

/** What is to carry out redirections, routes and demotion. relayd(8): {@code --backend}. */
public sealed interface BackEnd {

    /** Puts what a configuration asks of the kernel into the terms of this back end. */
    KernelTerms lower(KernelDemand demand);

    /** nftables of Linux. */
    record Nftables() implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return NftImages.of(demand.redirections()).advising(LoopbackAdvice.of(demand.relays()));
        }
    }

    /** pf of OpenBSD. */
    record PfOfOpenBsd() implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return PfImages.ofOpenBsd(demand.redirections());
        }
    }

    /** pf of FreeBSD. */
    record PfOfFreeBsd() implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return PfImages.ofFreeBsd(demand.redirections());
        }
    }

    /**
     * A file that gets one line for each operation, which is not carried out.
     *
     * @param file
     *            its name
     */
    record Recorder(String file) implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return new KernelTerms(new KernelImage.Recorded(file, demand.redirects()), List.of(), demand.isEmpty()
                    ? List.of() : List.of("redirections and routes are only written to " + file));
        }
    }

    /** None, as the user wishes. */
    record None() implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return new KernelTerms(new KernelImage.Unheeded(demand.redirects()), List.of(), demand.isEmpty()
                    ? List.of() : List.of("redirections and routes are not carried out: back end none"));
        }
    }

    /** None, because the system has none: what asks for one is refused. */
    record Missing() implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return new KernelTerms(new KernelImage.Unheeded(demand.redirects()), demand.constructs().stream()
                    .map(construct -> "not supported yet: " + construct).toList(), List.of());
        }
    }

    /**
     * One that another system has: refused, whatever the configuration asks for.
     *
     * @param reason
     *            which systems have it, for the user
     */
    record Foreign(String reason) implements BackEnd {
        @Override
        public KernelTerms lower(KernelDemand demand) {
            return new KernelTerms(new KernelImage.Unheeded(demand.redirects()), List.of(reason), List.of());
        }
    }
}
