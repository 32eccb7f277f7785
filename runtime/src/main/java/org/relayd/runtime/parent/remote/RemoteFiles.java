package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;

/**
 * Has the parent process make the daemon's files, which come as descriptors.
 *
 * @param parent
 *            the parent process
 */
record RemoteFiles(Parent parent) implements FileRights {

    @Override
    public NamedSocket listenControl(String path) throws IOException {
        Answered answered = parent.await(new Request.ListenControl(path));
        String identity = DueReply.carrying(answered, Reply.NamedSocket.class).identity();
        return new NamedSocket(DueReply.socket(answered), identity);
    }

    @Override
    public void removeControl(String path, String identity) throws IOException {
        DueReply.alone(parent.await(new Request.RemoveControl(path, identity)), Reply.Done.class);
    }

    @Override
    public LogFile openLog(String path) throws IOException {
        return log(parent.await(new Request.OpenLog(path)));
    }

    @Override
    public Optional<LogFile> followLog(String path, String identity) throws IOException {
        Answered answered = parent.await(new Request.FollowLog(path, identity));
        return DueReply.isNothing(answered) ? Optional.empty() : Optional.of(log(answered));
    }

    @Override
    public void discardLog(String path) throws IOException {
        DueReply.alone(parent.await(new Request.DiscardLog(path)), Reply.Done.class);
    }

    private static LogFile log(Answered answered) throws IOException {
        Reply.OpenedLog opened = DueReply.carrying(answered, Reply.OpenedLog.class);
        return new LogFile(DueReply.file(answered), opened.identity(), opened.created());
    }
}
