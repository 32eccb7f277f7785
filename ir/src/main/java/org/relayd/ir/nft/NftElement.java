package org.relayd.ir.nft;

import java.util.Comparator;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;

/**
 * Packets that one chain is responsible for.
 *
 * @param interfaceName
 *            interface that they come in on; present exactly in a dispatch by interface
 * @param address
 *            destination address
 * @param protocol
 *            name or number of the IP protocol
 * @param first
 *            lowest destination port
 * @param last
 *            highest destination port, not below {@code first}
 * @param chain
 *            the chain
 */
public record NftElement(Optional<String> interfaceName, IpAddress address, IpProtocol protocol, int first, int last,
        String chain) implements Comparable<NftElement> {

    @Override
    public int compareTo(NftElement other) {
        return Comparator.comparing((NftElement element) -> element.interfaceName.orElse(""))
                .thenComparing(element -> element.address.toString()).thenComparing(element -> element.protocol.name())
                .thenComparingInt(NftElement::first).thenComparingInt(NftElement::last).thenComparing(NftElement::chain)
                .compare(this, other);
    }
}
