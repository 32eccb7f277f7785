package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.Relay.TargetAddress;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.xml.sax.InputSource;

class GraphPrinterTest {
    private static final IpAddress LOOPBACK = IpAddress.parse("::1").orElseThrow();
    private static final RelayGraph GRAPH = new RelayGraph(1,
            List.of(new RelayPath(new RelayId(1), "a<\"b\">", Duration.ofMinutes(10),
                    new RelayNode.Listen(LOOPBACK, new Port(80), TcpSettings.defaults(), Optional.empty(), true),
                    new RelayNode.Inspect.Copy(),
                    new RelayNode.Select(List.of(), Optional.of(new TargetAddress("x", LOOPBACK, new Port(81))),
                            RelayNode.TargetSource.DESTINATION, 0,
                            Optional.empty()),
                    new RelayNode.Connect(Optional.empty(), true, Optional.empty(), Optional.empty(),
                            TcpSettings.defaults()))));

    @Test
    void dotHasOneClusterForEachRelay() {
        assertEquals("""
                digraph relays {
                \trankdir=LR;
                \tnode [shape=box];
                \tsubgraph "cluster_r1" {
                \t\tlabel="a<\\"b\\">";
                \t\tr1_listen [label="listen [::1]:80\\ndisable"];
                \t\tr1_inspect [label="copy"];
                \t\tr1_select [label="select\\ndestination\\n[::1]:81"];
                \t\tr1_connect [label="connect\\ntransparent"];
                \t\tr1_listen -> r1_inspect -> r1_select -> r1_connect;
                \t}
                }
                """, GraphPrinter.dot(GRAPH));
    }

    @Test
    void svgIsWellFormedAndNamesTheRelay() throws Exception {
        String svg = GraphPrinter.svg(GRAPH);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertEquals("relay a<\"b\">", document.getElementsByTagName("text").item(0).getTextContent());
        assertTrue(svg.contains("destination"));
    }
}
