package org.relayd.compiler.print;

import java.util.List;
import org.relayd.compiler.print.GraphView.Station;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;

/**
 * Draws the relay graph, one row for each relay: as text for Graphviz, or as a finished drawing for people without it.
 */
public final class GraphPrinter {
    private static final int WIDTH = 250;
    private static final int GAP = 40;
    private static final int LINE = 18;
    private static final int MARGIN = 20;

    private GraphPrinter() {}

    /** Returns the graph in the DOT language of Graphviz. */
    public static String dot(RelayGraph graph) {
        StringBuilder out = new StringBuilder("digraph relays {\n\trankdir=LR;\n\tnode [shape=box];\n");
        for (RelayPath path : graph.paths()) {
            out.append("\tsubgraph \"cluster_r").append(path.id()).append("\" {\n\t\tlabel=")
                    .append(quoted(path.name())).append(";\n");
            List<Station> stations = GraphView.stations(path);
            for (Station station : stations) {
                String text = station.title()
                        + String.join("", station.lines().stream().map(line -> "\n" + line).toList());
                out.append("\t\t").append(station.id()).append(" [label=").append(quoted(text)).append("];\n");
            }
            out.append("\t\t").append(String.join(" -> ", stations.stream().map(Station::id).toList()))
                    .append(";\n\t}\n");
        }
        return out.append("}\n").toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Returns the graph as an SVG document. */
    public static String svg(RelayGraph graph) {
        StringBuilder body = new StringBuilder();
        int y = MARGIN;
        for (RelayPath path : graph.paths()) {
            y = row(path, y, body);
        }
        int width = 2 * MARGIN + 4 * WIDTH + 3 * GAP;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + (y + MARGIN)
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n" + body + "</svg>\n";
    }

    /** Draws a relay and returns where the next one begins. */
    private static int row(RelayPath path, int top, StringBuilder body) {
        List<Station> stations = GraphView.stations(path);
        int lines = 1 + stations.stream().mapToInt(station -> station.lines().size()).max().orElse(0);
        int height = lines * LINE + 14;
        text("relay " + path.name(), MARGIN, top + LINE - 4, true, body);
        int y = top + LINE + 4;
        for (int i = 0; i < stations.size(); i++) {
            int x = MARGIN + i * (WIDTH + GAP);
            if (i > 0) {
                arrow(x - GAP, y + height / 2, x, body);
            }
            box(stations.get(i), x, y, height, body);
        }
        return y + height + MARGIN;
    }

    private static void box(Station station, int x, int y, int height, StringBuilder body) {
        body.append("<rect x=\"").append(x).append("\" y=\"").append(y).append("\" width=\"").append(WIDTH)
                .append("\" height=\"")
                .append(height).append("\" fill=\"#f4f4f4\" stroke=\"#444\"/>\n");
        text(station.title(), x + 8, y + LINE, true, body);
        for (int line = 0; line < station.lines().size(); line++) {
            text(station.lines().get(line), x + 8, y + LINE * (line + 2), false, body);
        }
    }

    private static void arrow(int from, int y, int to, StringBuilder body) {
        body.append("<path d=\"M").append(from).append(' ').append(y).append(" H").append(to - 8)
                .append(" m0 -4 l8 4 l-8 4 z\"")
                .append(" fill=\"#444\" stroke=\"#444\"/>\n");
    }

    private static void text(String words, int x, int y, boolean strong, StringBuilder body) {
        body.append("<text x=\"").append(x).append("\" y=\"").append(y).append('"')
                .append(strong ? " font-weight=\"bold\"" : "")
                .append('>').append(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .append("</text>\n");
    }
}
