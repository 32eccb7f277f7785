package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;

/** Requests for the daemon's own files, and for certificates and keys. */
final class FileRequests {
    private FileRequests() {}

    static void write(FrameOutput out, Request.OfFiles request) {
        switch (request) {
            case Request.ListenControl(String path) -> out.octet(1).text(path);
            case Request.RemoveControl(String path, String identity) -> out.octet(2).text(path).text(identity);
            case Request.OpenLog(String path) -> out.octet(3).text(path);
            case Request.FollowLog(String path, String identity) -> out.octet(4).text(path).text(identity);
            case Request.DiscardLog(String path) -> out.octet(5).text(path);
        }
    }

    static Request.OfFiles read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.ListenControl(in.text());
            case 2 -> new Request.RemoveControl(in.text(), in.text());
            case 3 -> new Request.OpenLog(in.text());
            case 4 -> new Request.FollowLog(in.text(), in.text());
            case 5 -> new Request.DiscardLog(in.text());
            default -> throw in.unknown("request for files");
        };
    }

    static void writeKeys(FrameOutput out, Request.OfKeys request) {
        switch (request) {
            case Request.ReadPublic(String path) -> out.octet(1).text(path);
            case Request.OpenKey(String path, OctetString certificate) -> out.octet(2).text(path).octets(certificate);
            case Request.OpenAuthority(String path, OctetString certificate)
                    -> out.octet(3).text(path).octets(certificate);
            case Request.SignLeaf(int key, OctetString certificate) -> out.octet(4).number(key).octets(certificate);
            case Request.CloseKey(int key) -> out.octet(5).number(key);
            case Request.OpenKeyStream() -> out.octet(6);
        }
    }

    static Request.OfKeys readKeys(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.ReadPublic(in.text());
            case 2 -> new Request.OpenKey(in.text(), in.octets());
            case 3 -> new Request.OpenAuthority(in.text(), in.octets());
            case 4 -> new Request.SignLeaf(in.number(), in.octets());
            case 5 -> new Request.CloseKey(in.number());
            case 6 -> new Request.OpenKeyStream();
            default -> throw in.unknown("request for keys");
        };
    }
}
