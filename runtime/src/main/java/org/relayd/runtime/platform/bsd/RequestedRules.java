package org.relayd.runtime.platform.bsd;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.image.PfImage;
import org.relayd.ir.image.PfRequest;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/**
 * Rules by requests of OpenBSD's /dev/pf. The struct for rules changes between releases, and the number of the request
 * holds its size: a kernel of another release refuses the request, and from then on the rules go through pfctl(8).
 */
final class RequestedRules implements PfRules {
    private final PfDevice device;
    private final RuleImages images;
    private final PfctlRules text;
    private boolean otherRelease;

    RequestedRules(PfDevice device, RuleImages images, PfctlRules text) {
        this.device = device;
        this.images = images;
        this.text = text;
    }

    @Override
    public void requireEnabled() throws KernelException {
        Image status = abi().image("pf_status");
        try {
            device.request("DIOCGETSTATUS", status);
        } catch (SystemException refused) {
            if (refused.errno().is(ErrorName.ENOTTY)) {
                text.requireEnabled();
                return;
            }
            throw new KernelException("pf: DIOCGETSTATUS: " + refused.getMessage(), refused);
        }
        if (status.number("running") == 0) {
            throw new KernelException("pf is disabled: run pfctl -e");
        }
    }

    private Abi abi() {
        return device.abi();
    }

    /** An anchor that does not exist has no anchors below it. */
    @Override
    public List<String> anchors() throws KernelException {
        Image argument = abi().image("pfioc_ruleset").text("path", "relayd");
        try {
            device.request("DIOCGETRULESETS", argument);
        } catch (SystemException refused) {
            if (refused.errno().is(ErrorName.ENOENT) || refused.errno().is(ErrorName.ESRCH)) {
                return List.of();
            }
            throw new KernelException("pf: anchors: DIOCGETRULESETS: " + refused.getMessage(), refused);
        }
        List<String> anchors = new ArrayList<>();
        for (int i = 0; i < argument.number("nr"); i++) {
            Image one = abi().image("pfioc_ruleset").text("path", "relayd").number("nr", i);
            device.request("DIOCGETRULESET", one, "anchors");
            anchors.add("relayd/" + one.text("name"));
        }
        return anchors;
    }

    @Override
    public void load(PfImage anchor) throws KernelException {
        if (!otherRelease) {
            replace(anchor.anchor(), anchor.requests());
        }
        if (otherRelease) {
            text.load(anchor);
        }
    }

    @Override
    public void remove(String anchor) throws KernelException {
        replace(anchor, List.of());
    }

    /** One transaction: a kernel that refuses one rule keeps those from before. */
    private void replace(String anchor, List<PfRequest> rules) throws KernelException {
        Image begun = transaction(anchor, 0);
        device.request("DIOCXBEGIN", begun, "anchor " + anchor);
        int ticket = (int) abi().image("pfioc_trans_e").elementOf(begun, 0).number("ticket");
        try {
            for (PfRequest rule : rules) {
                device.request("DIOCADDRULE", abi().image("pfioc_rule").number("ticket", ticket)
                        .text("anchor", anchor).part("rule", images.of(rule)));
            }
        } catch (SystemException refused) {
            device.request("DIOCXROLLBACK", transaction(anchor, ticket), "anchor " + anchor);
            if (!refused.errno().is(ErrorName.ENOTTY)) {
                throw new KernelException("pf: anchor " + anchor + ": DIOCADDRULE: " + refused.getMessage(), refused);
            }
            otherRelease = true;
            return;
        }
        device.request("DIOCXCOMMIT", transaction(anchor, ticket), "anchor " + anchor);
    }

    private Image transaction(String anchor, int ticket) {
        Image element = abi().image("pfioc_trans_e").number("type", abi().constant("PF_TRANS_RULESET"))
                .text("anchor", anchor).number("ticket", ticket);
        return abi().image("pfioc_trans").number("size", 1).number("esize", abi().size("pfioc_trans_e"))
                .array("array", List.of(element));
    }
}
