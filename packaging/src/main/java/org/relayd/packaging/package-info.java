/** Steps of making the distribution that no Maven plugin does. Runs at build time only and is not shipped. */
package org.relayd.packaging;
