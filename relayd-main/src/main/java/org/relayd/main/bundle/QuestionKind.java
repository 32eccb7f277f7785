package org.relayd.main.bundle;

import org.relayd.compiler.recording.Question;

/** Kinds of questions; their order is that of their numbers in bundles. */
enum QuestionKind {
    READ, CREDENTIALS, STATE, OPEN_MODE, RESOLVE, INTERFACE_ADDRESSES, INTERFACES, GROUP_MEMBERS, INTERFACE_INDEX,
    SERVICE, SERVICES, IP_PROTOCOL, DEMOTION_GROUP, ROUTING_DOMAIN, TIME;

    static QuestionKind of(Question<?> question) {
        return switch (question) {
            case Question.Read _ -> READ;
            case Question.Credentials _ -> CREDENTIALS;
            case Question.State _ -> STATE;
            case Question.OpenMode _ -> OPEN_MODE;
            case Question.Resolve _ -> RESOLVE;
            case Question.InterfaceAddresses _ -> INTERFACE_ADDRESSES;
            case Question.Interfaces _ -> INTERFACES;
            case Question.GroupMembers _ -> GROUP_MEMBERS;
            case Question.InterfaceIndex _ -> INTERFACE_INDEX;
            case Question.Service _ -> SERVICE;
            case Question.Services _ -> SERVICES;
            case Question.IpProtocol _ -> IP_PROTOCOL;
            case Question.DemotionGroup _ -> DEMOTION_GROUP;
            case Question.RoutingDomain _ -> ROUTING_DOMAIN;
            case Question.Time _ -> TIME;
        };
    }
}
