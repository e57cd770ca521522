package io.github.lambdashell.fake;

import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.target.DeployListener;

/** A listener that ignores everything, for a test that looks elsewhere. */
public class Silence implements DeployListener, FrameListener {
    @Override
    public void step(String line) {}

    @Override
    public void resource(String resource, String type, String status) {}

    @Override
    public void stdout(byte[] bytes, int offset, int length) {}

    @Override
    public void stderr(byte[] bytes, int offset, int length) {}
}
