/** Functions of SAM and CloudFormation templates: text in, typed settings and what can't be known out. */
package io.github.lambdashell.config.sam;
