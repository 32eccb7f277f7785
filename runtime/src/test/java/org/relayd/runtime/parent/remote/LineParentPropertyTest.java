package org.relayd.runtime.parent.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.runtime.parent.codec.ArbitraryFrames;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.remote.FuzzedParent.Said;

/** Whatever a parent says, each request is answered once, and no descriptor is left that nobody got. */
class LineParentPropertyTest {

    @Provide
    static Arbitrary<List<Said>> conversations() {
        return Combinators.combine(ArbitraryFrames.of(Frame.FromParent.class), Arbitraries.of(true, false))
                .as(Said::new).list().ofMaxSize(12);
    }

    @Property(tries = 500, seed = "14", edgeCases = EdgeCasesMode.NONE)
    void eachRequestIsAnsweredOnce(@ForAll("conversations") List<Said> all) throws IOException {
        assertEquals(List.of(), FuzzedParent.say(all));
    }
}
